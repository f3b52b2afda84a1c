import {
  ExecutionBaseError,
  NodeApiError,
  NodeOperationError,
  type IDataObject,
  type INode,
  type INodeExecutionData,
  type JsonObject,
} from 'n8n-workflow';

import { CampaignError, restated, type CampaignErrorReason } from '../campaign/error';

const WORD_JOINER = '\u2060';

/**
 * The error that ends a run.
 *
 * @param itemIndex the item it happened with; undefined for a poll, which has none
 * @param progress a sentence about the other items, for people who decide whether to run again
 */
export function toNodeError(node: INode, error: unknown, itemIndex?: number, progress = ''): NodeApiError | NodeOperationError {
  if (!(error instanceof CampaignError)) {
    const unforeseen = new NodeOperationError(node, error instanceof Error ? error : String(error), { itemIndex });
    if (itemIndex !== undefined) unforeseen.context.itemIndex = itemIndex;
    unforeseen.message = notCanceled(unforeseen.message);
    unforeseen.description = [unforeseen.description ?? '', escapeHtml(progress)].filter((text) => text !== '').join(' ');
    return unforeseen;
  }
  const { message, description, httpStatus, reason, requestId } = error.details;
  const nodeError =
    httpStatus === undefined
      ? new NodeOperationError(node, message, { itemIndex })
      : new NodeApiError(node, details(error) as JsonObject, { message, httpCode: String(httpStatus), itemIndex });
  // Set afterwards: n8n replaces messages in which it believes to see a network code such as EPERM.
  nodeError.message = notCanceled(itemIndex === undefined ? message : `${message} [item ${itemIndex}]`);
  // The editor shows descriptions as HTML.
  nodeError.description = escapeHtml([description, progress].filter((text) => text !== '').join(' '));
  nodeError.context.data = { reason, ...(requestId ? { requestId } : {}), ...error.details.facts };
  return nodeError;
}

/**
 * The output item of a failed input item. `error` and `message` and nothing else, because that is what every n8n takes for an
 * error: with any other key (before n8n 2.36 also with `details`), or with `item.error` set, it goes to the wrong branch or loses
 * the input's fields.
 */
export function toErrorItem(error: unknown, itemIndex: number): INodeExecutionData {
  const json: IDataObject =
    error instanceof CampaignError
      ? { error: error.details.message, message: details(error) }
      : { error: error instanceof Error ? error.message : String(error), message: unforeseenDetails(error) };
  return { json, pairedItem: { item: itemIndex } };
}

/** The error of an item that may have been expected to be read from its file: a CSV that nobody has taken apart. */
export function mindingFile(error: unknown, { binary }: INodeExecutionData): unknown {
  if (!(error instanceof CampaignError) || binary === undefined || Object.keys(binary).length === 0) return error;
  const { reason, everyItem, description } = error.details;
  if (reason !== 'invalidInput' || everyItem) return error;
  const remark = "The item carries a file, which is not read here: put n8n's 'Extract from File' in front of this step.";
  return restated(error, { description: `${description} ${remark}`.trim() });
}

function details(error: CampaignError): IDataObject {
  const { reason, description, httpStatus, requestId, facts } = error.details;
  return {
    reason,
    description,
    ...(httpStatus === undefined ? {} : { httpCode: String(httpStatus) }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(facts as IDataObject | undefined),
  };
}

/** Why something did not work; what is not from this package is mostly an expression that n8n could not evaluate. */
export function reasonOf(error: unknown): CampaignErrorReason {
  if (error instanceof CampaignError) return error.details.reason;
  return error instanceof ExecutionBaseError ? 'invalidInput' : 'unexpected';
}

function unforeseenDetails(error: unknown): IDataObject {
  const description =
    typeof error === 'object' && error !== null && 'description' in error && typeof error.description === 'string' ? error.description : '';
  return { reason: reasonOf(error), description };
}

/**
 * n8n shows a run as canceled when the message of its error has that word, be it part of a value or of an email address. Something
 * invisible in it leaves the text as it looks.
 */
function notCanceled(message: string): string {
  return message.replace(/canceled/g, `cancel${WORD_JOINER}ed`);
}

/** Text as it is to be shown where n8n shows HTML: descriptions of errors, hints, notices of forms. */
export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
