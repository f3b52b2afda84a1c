import type { Assumptions } from '../../assumptions';
import { absoluteHref } from '../instance';
import { defineEntity } from '../model/defineEntity';
import type { StoredRecord } from '../records/store';
import type { JsonObject } from '../records/write';
import type { Scene } from '../scene';
import { dataFile } from './dataFile';
import { NAMESPACE_FIELDS, PRIVACY_FIELDS } from './fields';
import { NAMESPACES } from './namespaces';
import { statusOf } from './outcome';

/** Requests to see or erase what is stored about a person. Adobe: Creating a privacy request; Campaign Standard only. */
export const privacyToolEntity = defineEntity({
  id: 25,
  name: 'privacyTool',
  documentName: 'Privacy request',
  schema: 'nms:privacyTool',
  schemaLabel: 'Privacy requests',
  help: 'Privacy requests',
  apis: ['privacy'],
  dialects: ['acs'],
  methods: ['GET', 'POST'],
  fields: PRIVACY_FIELDS,
  derive: ({ id, label, name, namespaceName }) => {
    const named = name === '' ? `PT${String(id)}` : String(name);
    const namespace = NAMESPACES.findIndex((known) => known.name === namespaceName) + 1;
    return { name: named, namespace, title: `${String(label)} (${named})` };
  },
  readBody,
  present,
  subCollections: { privacyRequestData: dataFile },
});

export const namespaceEntity = defineEntity({
  id: 24,
  name: 'namespace',
  documentName: 'Namespace',
  schema: 'nms:privacyNamespace',
  schemaLabel: 'Namespaces',
  help: 'Namespaces of privacy requests',
  apis: ['privacy'],
  dialects: ['acs'],
  isTopLevel: false,
  fields: NAMESPACE_FIELDS,
  derive: ({ label, name }) => ({ title: `${String(label)} (${String(name)})` }),
  seed: NAMESPACES.map(({ name, label }) => ({ name, label })),
});

/** Adobe calls the namespace by two names; which one a server takes is assumed. */
function readBody(body: JsonObject, { privacyNamespaceAttribute }: Assumptions): JsonObject {
  const { namespace, namespaceName, ...rest } = body;
  if (privacyNamespaceAttribute === 'namespaceName') return body;
  if (privacyNamespaceAttribute === 'namespace') return { ...rest, namespaceName: namespace };
  return { ...rest, namespaceName: namespaceName ?? namespace };
}

/** The status follows the clock; only a completed request to see data has a data file. */
function present(rendered: JsonObject, request: StoredRecord, { instance }: Scene): JsonObject {
  const { privacyRequestData, ...rest } = rendered;
  const status = statusOf(request, instance);
  // Recorded hrefs of the data of a request lead into another API, named by the version of the data model.
  const gdprRequestData = { href: absoluteHref(instance, `head/privacyTool/${String(rendered.PKey)}/gdprRequestData/`) };
  const shown = { ...rest, gdprRequestData, status };
  return status === 'complete' && request.type === 'access' ? { ...shown, privacyRequestData } : shown;
}
