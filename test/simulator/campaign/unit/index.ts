import { defineEntity } from '../model/defineEntity';
import type { EntityType } from '../model/entity';
import { text, type Field } from '../model/field';
import { STANDARD_FIELDS } from '../model/standardFields';
import { GEOGRAPHICAL_UNITS, ORGANIZATIONAL_UNITS } from './seed';

const FIELDS: readonly Field[] = [
  ...STANDARD_FIELDS,
  text('desc', 'Description', 512),
  text('label', 'Label', 128),
  text('name', 'Name', 64, { dataPolicy: 'identifier' }),
  text('parentTitle', 'Parent unit', 255, { access: 'readOnly' }),
];

/** Adobe: Listing, updating and assigning organizational units: Campaign Standard only, and never created through the API. */
function unitEntity(described: Pick<EntityType, 'id' | 'name' | 'documentName' | 'schema' | 'schemaLabel' | 'help' | 'seed'>): EntityType {
  return defineEntity({
    ...described,
    apis: ['profileAndServicesExt'],
    dialects: ['acs'],
    methods: ['GET', 'PATCH'],
    fields: FIELDS,
    derive: ({ label, name }) => ({ title: `${String(label)} (${String(name)})` }),
  });
}

export const orgUnitEntity = unitEntity({
  id: 20,
  name: 'orgUnitBase',
  documentName: 'Organizational unit',
  schema: 'xtk:orgUnitBase',
  schemaLabel: 'Organizational units',
  help: 'Organizational units',
  seed: ORGANIZATIONAL_UNITS,
});

/** Adobe deprecated these before all other things of Campaign Standard; they behave like organizational units. */
export const geoUnitEntity = unitEntity({
  id: 21,
  name: 'geoUnitBase',
  documentName: 'Geographical unit',
  schema: 'xtk:geoUnitBase',
  schemaLabel: 'Geographical units',
  help: 'Geographical units',
  seed: GEOGRAPHICAL_UNITS,
});
