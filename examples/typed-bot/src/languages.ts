/** languages: each user's language: kept in the store, remembered in every cluster until an event says that it changed. */
import type { ClusterClient, Store } from 'shardlift';

/** Greetings by language: the languages there are. */
export const greetings = { english: 'Hello', german: 'Guten Tag', french: 'Bonjour' } as const;

export type Language = keyof typeof greetings;

export const isLanguage = (text: string): text is Language => Object.hasOwn(greetings, text);

/** Users whose language a cluster remembers: a bot sees more of them than it has memory for. */
const mostRemembered = 10_000;

export class Languages {
  readonly #cluster: ClusterClient;
  readonly #stored: Store<Language>;
  readonly #remembered = new Map<string, Language>();
  /** How often a language changed: what was read before a change must not be remembered after it. */
  #changes = 0;

  constructor(cluster: ClusterClient) {
    this.#cluster = cluster;
    this.#stored = cluster.store.namespace<Language>('language');
    cluster.events.on('languageChanged', ({ userId }) => this.#forget(userId));
  }

  /** A user's language; asks the store at most once until it changes. */
  async of(userId: string): Promise<Language> {
    const remembered = this.#remembered.get(userId);
    if (remembered !== undefined) return remembered;
    const changes = this.#changes;
    const language = (await this.#stored.get(userId)) ?? 'english';
    if (changes === this.#changes) this.#remember(userId, language);
    return language;
  }

  /** Changes a user's language; when this is done, no cluster remembers the old one. */
  async choose(userId: string, language: Language): Promise<void> {
    await this.#stored.set(userId, language);
    // A cluster that is down starts with nothing remembered: whether it heard this does not matter.
    await this.#cluster.events.broadcastAndWait('languageChanged', { userId }, { sendSelf: true });
  }

  /** Those that were asked for first make room. */
  #remember(userId: string, language: Language): void {
    this.#remembered.set(userId, language);
    const [oldest] = this.#remembered.keys();
    if (this.#remembered.size > mostRemembered && oldest !== undefined) this.#remembered.delete(oldest);
  }

  #forget(userId: string): void {
    this.#changes += 1;
    this.#remembered.delete(userId);
  }
}
