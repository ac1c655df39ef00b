import type { Instant } from '@embargo/core'

/** An OpenPGP key of a project: its private and its public part, binary. */
export type StoredOwnKey = {
  readonly project: string
  /** The number of the key in its project, counted from 1. */
  readonly serial: number
  readonly createdAt: Instant
  /** Upper-case hexadecimal. */
  readonly fingerprint: string
  readonly secret: Uint8Array
  readonly public: Uint8Array
  /**
   * When a person confirmed that the copies of the key are stored elsewhere. Until then nothing is encrypted to this
   * key.
   */
  readonly confirmedAt?: Instant
}

/** Every project's own OpenPGP keys, sealed. Former keys are kept, to read what was encrypted to them. */
export type OwnKeys = {
  /**
   * The keys of each project, the newest last. A row that cannot be unsealed is left out, and the program's log names
   * it.
   */
  list(): Promise<readonly StoredOwnKey[]>
  /** Adds a key. If another process has already added a key with this serial, returns false and writes nothing. */
  add(key: StoredOwnKey): Promise<boolean>
  /** Overwrites the key with the same project and serial, after it was confirmed or its expiry date changed. */
  replace(key: StoredOwnKey): Promise<void>
}
