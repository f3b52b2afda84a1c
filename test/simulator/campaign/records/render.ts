import type { CampaignInstance } from '../instance';
import { absoluteHref } from '../instance';
import type { EntityView, EntityType } from '../model/entity';
import type { Field, FieldValue } from '../model/field';
import type { StoredRecord } from './store';

type Rendered = FieldValue | { readonly href: string };

/** URL of a record in the API that was called: hrefs never lead from one API into the other. */
export function recordHref(entity: EntityType, view: EntityView, key: string, instance: CampaignInstance): string {
  return absoluteHref(instance, `${view.api}/${entity.name}/${key}`);
}

/**
 * A record as answers print it: attributes by name, with its key and the href made from it.
 * @param withHref Campaign Standard leaves href out of a single GET
 */
export function renderRecord(entity: EntityType, view: EntityView, record: StoredRecord, instance: CampaignInstance, withHref: boolean): object {
  const key = instance.keys.mint(entity.name, record.id, 'record', entity.keyLength);
  const rendered: Record<string, Rendered> = {};
  for (const field of view.fields) {
    if (!field.printed || (field.apiName === 'href' && !withHref)) continue;
    rendered[field.apiName] = renderValue(entity, view, field, record, instance, key);
  }
  return rendered;
}

/** One attribute of a record as answers print it. */
export function renderAttribute(entity: EntityType, view: EntityView, field: Field, record: StoredRecord, instance: CampaignInstance): Rendered {
  return renderValue(entity, view, field, record, instance, instance.keys.mint(entity.name, record.id, 'record', entity.keyLength));
}

function renderValue(entity: EntityType, view: EntityView, field: Field, record: StoredRecord, instance: CampaignInstance, key: string): Rendered {
  if (field.apiName === 'PKey') return key;
  if (field.apiName === 'href') return recordHref(entity, view, key, instance);
  if (field.type === 'collection') {
    // The key inside the collection's href is another text for the same record.
    const nestedKey = instance.keys.mint(entity.name, record.id, 'subscriptions', entity.keyLength);
    return { href: `${recordHref(entity, view, nestedKey, instance)}/${field.apiName}/` };
  }
  return record[field.apiName] ?? '';
}
