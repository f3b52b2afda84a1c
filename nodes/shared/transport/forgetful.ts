/**
 * What a long-lived process knows by name, and forgets once nobody needs it any more: it looks when something is added, so
 * that there is no timer to keep the process from ending.
 */
export class Forgetful<Value> {
  private readonly values = new Map<string, Value>();

  /** @param isIdle whether a value may be forgotten now */
  constructor(private readonly isIdle: (value: Value) => boolean) {}

  get size(): number {
    return this.values.size;
  }

  get(name: string): Value | undefined {
    return this.values.get(name);
  }

  /** Keeps a value, and forgets all others that are idle. */
  set(name: string, value: Value): void {
    for (const [other, known] of this.values) if (other !== name && this.isIdle(known)) this.values.delete(other);
    this.values.set(name, value);
  }

  delete(name: string): void {
    this.values.delete(name);
  }
}
