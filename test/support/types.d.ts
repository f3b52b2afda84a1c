/// <reference types="jest" />

/**
 * Stricter types than the libraries' own, whose `any` would let mistakes through unseen. Overloads that are declared later are
 * tried first.
 */
declare namespace jest {
  interface Expect {
    any(type: unknown): unknown;
    anything(): unknown;
    arrayContaining(elements: readonly unknown[]): unknown;
    objectContaining(properties: object): unknown;
    stringContaining(text: string): unknown;
    stringMatching(pattern: string | RegExp): unknown;
  }

  interface InverseAsymmetricMatchers {
    arrayContaining(elements: readonly unknown[]): unknown;
    objectContaining(properties: object): unknown;
    stringContaining(text: string): unknown;
    stringMatching(pattern: string | RegExp): unknown;
  }
}

interface ObjectConstructor {
  (value: unknown): object;
}

interface JSON {
  parse(text: string): unknown;
}
