import type { ListFilter } from '../../campaign/filterCatalogue';
import type { Item } from '../../execution/item';

/**
 * Says why a search for text or for an email in capital letters may have found nothing (Adobe: "Retrieving profiles"), where there was
 * one.
 */
export function hintAtLetterCase(item: Item, filters: readonly ListFilter[]): void {
  if (filters.some(({ name, parameters }) => name === 'byEmail' && parameters.email !== parameters.email?.toLowerCase()))
    item.hint("The filter 'Email' found nothing: Campaign may tell upper and lower case apart, and store emails in lower case");
  if (!filters.some(({ name }) => name === 'byText')) return;
  item.hint("The filter 'Text' found nothing: Campaign looks at how values begin, and tells upper and lower case apart (Dak, not dak)");
}
