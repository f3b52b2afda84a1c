import { randomBytes } from 'node:crypto';
import { at, recordOf, rowsOf, textAt } from './json';
import { ProbeProblem } from './problem';
import { isDone, LimitReached, type Answer, type Tenant } from './tenant';

export const PROFILES = 'profileAndServices/profile';
export const SERVICES = 'profileAndServices/service';

const REMOVAL_TRIES = 5;
const REMOVAL_REST_MS = 10_000;

/** A record of the probe's own. */
export interface Subject {
  readonly key: string;
  /** The answer that created it. */
  readonly created: Answer;
}

/** One profile and one service that the probe makes, plays with and takes away. */
export class Subjects {
  private readonly mark = randomBytes(4).toString('hex');
  readonly email = `N8n-Probe-${this.mark}@example.com`;
  readonly lastName = `Prober${this.mark}`;
  readonly label = `Service of a probe ${this.mark}`;
  private madeProfile: Subject | null = null;
  private madeService: Subject | null = null;
  private subscribed: { readonly answer: Answer; readonly href: string } | null = null;
  private serviceRemoval: Answer | null = null;
  private readonly toRemove = new Map<string, string>();
  /** Resources whose creation was sent; whether it came through is known only for those that were answered. */
  private readonly unanswered = new Set<string>();

  constructor(private readonly tenant: Tenant) {}

  /** The part of all names that nobody else has, in letters and digits. */
  get infix(): string {
    return this.mark;
  }

  /** Its name has a hyphen, which Campaign may change. */
  get serviceName(): string {
    return `n8n-probe_${this.mark}`;
  }

  /** Makes the profile at the first call. @throws ProbeProblem if Campaign does not make one */
  async profile(): Promise<Subject> {
    this.madeProfile ??= await this.make(PROFILES, {
      email: this.email,
      firstName: 'Probe',
      lastName: this.lastName,
      salutation: 'Ms',
      birthDate: '1980-12-31',
      location: { address1: 'Street 1', zipCode: '1000', city: 'Town' },
    });
    return this.madeProfile;
  }

  /** Makes the service at the first call. @throws ProbeProblem if Campaign does not make one */
  async service(): Promise<Subject> {
    this.madeService ??= await this.make(SERVICES, {
      name: this.serviceName,
      label: this.label,
      start: '1970-01-01',
      end: '2090-01-01',
    });
    return this.madeService;
  }

  /** The name of the service as Campaign keeps it. */
  async storedServiceName(): Promise<string> {
    return textAt((await this.service()).created.json, 'name') ?? this.serviceName;
  }

  /** The profile's record as it is now. */
  async read(attribute: string): Promise<unknown> {
    const { key } = await this.profile();
    return at(recordOf((await this.tenant.get(`${PROFILES}/${key}`, `${PROFILES}/<key>`)).json), attribute);
  }

  async patchProfile(body: unknown): Promise<Answer> {
    const { key } = await this.profile();
    return await this.tenant.patch(`${PROFILES}/${key}`, body, `${PROFILES}/<key>`);
  }

  /** The address of the profile's subscriptions. @throws ProbeProblem if Campaign prints none */
  async subscriptionsHref(): Promise<string> {
    const { created } = await this.profile();
    const href = textAt(created.json, 'subscriptions', 'href');
    if (href === undefined) throw new ProbeProblem('The answer to a new profile has no address of subscriptions.');
    return href;
  }

  /** Subscribes the profile to the service at the first call. @throws ProbeProblem if Campaign does not */
  async subscription(): Promise<{ readonly answer: Answer; readonly href: string }> {
    if (this.subscribed === null) {
      const answer = await this.subscribe((await this.service()).key);
      const href = textAt(answer.json, 'href');
      if (!isDone(answer) || href === undefined) throw new ProbeProblem(`Campaign did not subscribe the profile (${answer.status}).`);
      this.subscribed = { answer, href };
    }
    return this.subscribed;
  }

  /** Sends a subscription to the service that `serviceKey` names. */
  async subscribe(serviceKey: string): Promise<Answer> {
    return await this.tenant.post(await this.subscriptionsHref(), { service: { PKey: serviceKey } }, `${PROFILES}/<key>/subscriptions/`);
  }

  /** How many subscriptions the profile has. */
  async subscriptionCount(): Promise<number> {
    return rowsOf((await this.tenant.get(await this.subscriptionsHref(), `${PROFILES}/<key>/subscriptions/`)).json)?.length ?? 0;
  }

  /** Ends all subscriptions of the profile. */
  async unsubscribe(): Promise<void> {
    const rows = rowsOf((await this.tenant.get(await this.subscriptionsHref(), `${PROFILES}/<key>/subscriptions/`)).json) ?? [];
    for (const row of rows) {
      const href = textAt(row, 'href');
      if (href !== undefined) await this.tenant.delete(href, `${PROFILES}/<key>/subscriptions/<key>`);
    }
    this.subscribed = null;
  }

  /** Takes something that Campaign made without having to into care: it is removed in the end. */
  adopt(resource: string, answer: Answer): string | null {
    const key = textAt(recordOf(answer.json), 'PKey');
    if (key === undefined) return null;
    this.toRemove.set(`${resource}/${key}`, `${resource}/<key>`);
    return key;
  }

  /** Removes the service at the first call, and answers as then at the next ones. */
  async removeService(): Promise<Answer> {
    this.serviceRemoval ??= await this.remove(SERVICES, (await this.service()).key);
    return this.serviceRemoval;
  }

  /** The subscription went with the profile. */
  forgetSubscription(): void {
    this.subscribed = null;
  }

  /** Removes one thing now. */
  async remove(resource: string, key: string): Promise<Answer> {
    const answer = await this.tenant.delete(`${resource}/${key}`, `${resource}/<key>`);
    if (isDone(answer)) this.toRemove.delete(`${resource}/${key}`);
    return answer;
  }

  /**
   * Removes what is left, waiting where the instance asks for fewer requests.
   * @returns what could not be removed, by the names that a person finds it by
   */
  async removeAll(): Promise<string[]> {
    if (this.subscribed !== null && this.toRemove.size > 0) await this.patiently(() => this.unsubscribe());
    for (const resource of this.unanswered) await this.patiently(() => this.lookFor(resource));
    for (const [target, shown] of [...this.toRemove]) {
      const answer = await this.patiently(() => this.tenant.delete(target, shown));
      if (answer !== undefined && (isDone(answer) || answer.status === 404)) this.toRemove.delete(target);
    }
    const names = [...this.toRemove.values()].map((shown) =>
      shown.startsWith(PROFILES) ? `the profile with the email ${this.email}` : `the service with the label "${this.label}"`,
    );
    return [...new Set(names)];
  }

  private async patiently<Result>(task: () => Promise<Result>): Promise<Result | undefined> {
    for (let tries = 1; tries <= REMOVAL_TRIES; tries += 1) {
      try {
        return await task();
      } catch (error) {
        const seconds = error instanceof LimitReached ? Number(error.answer.retryAfter) : NaN;
        if (tries < REMOVAL_TRIES) await this.tenant.rest(seconds > 0 && seconds < 120 ? seconds * 1000 : REMOVAL_REST_MS);
      }
    }
    return undefined;
  }

  /** Finds what a creation without an answer may have made. */
  private async lookFor(resource: string): Promise<void> {
    const isProfile = resource === PROFILES;
    const filter = isProfile ? `byEmail?email=${encodeURIComponent(this.email)}` : `byText?text=${encodeURIComponent(this.label)}`;
    const { json } = await this.tenant.get(`${resource}/${filter}`, `${resource}/<filter>`);
    for (const row of rowsOf(json) ?? []) {
      const key = textAt(row, 'PKey');
      const isOwn = isProfile ? textAt(row, 'lastName')?.includes(this.mark) : textAt(row, 'label') === this.label;
      if (key !== undefined && isOwn === true) this.toRemove.set(`${resource}/${key}`, `${resource}/<key>`);
    }
  }

  private async make(resource: string, body: object): Promise<Subject> {
    this.unanswered.add(resource);
    const created = await this.tenant.post(resource, body);
    // Refused for sure; after any other answer without a record it may be there all the same.
    if (isDone(created) || (created.status >= 400 && created.status < 502)) this.unanswered.delete(resource);
    const key = isDone(created) ? this.adopt(resource, created) : null;
    if (key === null) throw new ProbeProblem(`Campaign made no record of ${resource} (${created.status}).`);
    return { key, created };
  }
}
