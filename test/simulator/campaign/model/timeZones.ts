import type { EnumerationValue } from './field';

/** Cities by area. Adobe: Profile data model. */
const CITIES: Readonly<Record<string, string>> = {
  Africa: 'Cairo Casablanca Harare Luanda Monrovia Nairobi Windhoek',
  America:
    'Anchorage Asuncion Bogota Buenos_Aires Caracas Chicago Chihuahua Cuiaba Denver Godthab Halifax Indianapolis La_Paz Los_Angeles Manaus Mexico_City Montevideo New_York Phoenix Regina Santiago Sao_Paulo St_Johns',
  Asia: 'Amman Baghdad Baku Bangkok Beirut Colombo Damascus Dhaka Irkutsk Jerusalem Kabul Karachi Katmandu Kolkata Krasnoyarsk Kuala_Lumpur Muscat Novosibirsk Rangoon Riyadh Seoul Shanghai Taipei Tbilisi Tehran Tokyo Ulan_Bator Vladivostok Yakutsk Yekaterinburg Yerevan',
  Atlantic: 'Azores Cape_Verde Reykjavik South_Georgia',
  Australia: 'Adelaide Brisbane Canberra Darwin Hobart Perth',
  Europe: 'Athens Belgrade Berlin Bucharest Helsinki London Moscow Paris Sarajevo',
  Indian: 'Mauritius',
  Pacific: 'Auckland Fiji Guadalcanal Guam Honolulu Samoa Tongatapu',
};

/**
 * Values of timeZone: `none`, GMT, the offsets and the cities. A stored name has `/` for the first underscore, and the
 * sign of an offset is inverted, as it is in the Etc area.
 */
export function timeZoneValues(): EnumerationValue[] {
  const fixed = [
    { name: 'none', label: 'None', stored: 'none' },
    { name: 'GMT', label: 'GMT', stored: 'GMT' },
  ];
  return [...fixed, ...offsets('m', 11, '-', '+'), ...offsets('p', 13, '+', '-'), ...cities()];
}

function offsets(letter: string, hours: number, sign: string, storedSign: string): EnumerationValue[] {
  return Array.from({ length: hours }, (_, index) => ({
    name: `Gmt_${letter}${index + 1}`,
    label: `GMT${sign}${index + 1}`,
    stored: `Etc/GMT${storedSign}${index + 1}`,
  }));
}

function cities(): EnumerationValue[] {
  return Object.entries(CITIES).flatMap(([area, names]) =>
    names.split(' ').map((city) => ({ name: `${area}_${city}`, label: `${area}/${city}`, stored: `${area}/${city}` })),
  );
}
