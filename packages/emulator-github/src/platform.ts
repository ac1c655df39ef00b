import { createHash } from 'node:crypto'
import { Changes } from '@embargo/emulator-kit'
import type { GitHubEmulatorOptions, RepositorySeed } from './options.ts'
import type { Account, Advisory, DeliveryRecord, GitHubState, Repository, RequestRecord } from './state.ts'

/**
 * Letters of a GHSA id:
 * https://docs.github.com/code-security/security-advisories/working-with-global-security-advisories-from-the-github-advisory-database/about-the-github-advisory-database#about-ghsa-ids
 */
const GHSA_LETTERS = '23456789cfghjmpqrvwx'

/** The repositories, accounts and advisories. */
export class Platform implements GitHubState {
  readonly changes = new Changes()
  readonly requests: RequestRecord[] = []
  readonly deliveries: DeliveryRecord[] = []
  readonly now: () => number
  readonly #repositories = new Map<string, Repository>()
  readonly #accounts = new Map<string, Account>()
  readonly #closed = new Set<string>()
  #count = 0

  constructor(options: GitHubEmulatorOptions, now: () => number) {
    this.now = now
    for (const seed of options.repositories) this.#seed(seed)
  }

  #seed({ name: fullName, isPrivate = false, admins = [] }: RepositorySeed): void {
    const [owner = '', name = ''] = fullName.split('/')
    this.account(owner, 'Organization')
    this.#repositories.set(fullName.toLowerCase(), {
      id: this.nextId(),
      owner,
      name,
      isPrivate,
      admins: new Set(admins),
      advisories: new Map(),
      releases: [],
      tags: new Map(),
    })
  }

  nextId(): number {
    this.#count += 1
    return this.#count
  }

  /** The account with a login; created if nobody has it. */
  account(login: string, type: Account['type'] = 'User'): Account {
    const known = this.#accounts.get(login) ?? { login, id: this.nextId(), type }
    this.#accounts.set(login, known)
    return known
  }

  /** From now on nobody has this login. */
  closeAccount(login: string): void {
    this.#closed.add(login.toLowerCase())
  }

  isClosed(login: string): boolean {
    return this.#closed.has(login.toLowerCase())
  }

  get repositories(): readonly Repository[] {
    return [...this.#repositories.values()]
  }

  find(fullName: string): Repository | undefined {
    return this.#repositories.get(fullName.toLowerCase())
  }

  repository(fullName: string): Repository {
    const found = this.find(fullName)
    if (found === undefined) throw new Error(`The emulator has no repository ${fullName}.`)
    return found
  }

  advisory(ghsa: string): Advisory {
    return this.home(ghsa).advisory
  }

  /** An advisory with its repository. */
  home(ghsa: string): { readonly repository: Repository; readonly advisory: Advisory } {
    for (const repository of this.repositories) {
      const advisory = repository.advisories.get(ghsa)
      if (advisory !== undefined) return { repository, advisory }
    }
    throw new Error(`The emulator has no advisory ${ghsa}.`)
  }

  newGhsa(): string {
    const bytes = createHash('sha256').update(`ghsa ${this.nextId()}`).digest()
    const letters = [...bytes.subarray(0, 12)].map((byte) => GHSA_LETTERS[byte % GHSA_LETTERS.length] ?? '2')
    return `GHSA-${letters.slice(0, 4).join('')}-${letters.slice(4, 8).join('')}-${letters.slice(8).join('')}`
  }

  /** Records a write, and updates `updated_at`. */
  touch(advisory: Advisory, by: string, fields: readonly string[]): void {
    advisory.updatedAt = this.now()
    advisory.edits.push({ by, fields })
    this.changes.announce()
  }
}
