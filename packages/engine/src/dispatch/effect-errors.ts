/**
 * The effect cannot be performed, whatever the external service answers, so a person is asked. The text is for people.
 */
export class CannotPerform extends Error {
  override readonly name = 'CannotPerform'
}

/**
 * Something else must happen first, such as the opening of the channel. The effect is tried again later. The text is
 * for people.
 */
export class NotYet extends Error {
  override readonly name = 'NotYet'
  /** The wait before the next try; undefined for the usual waits, which grow from try to try. */
  readonly waitMs: number | undefined
  constructor(because: string, waitMs?: number) {
    super(because)
    this.waitMs = waitMs
  }
}

/**
 * A person must look first, for example at a channel that strangers can read. The effect waits, however long that
 * takes.
 */
export class NeedsReview extends Error {
  override readonly name = 'NeedsReview'
}

/** The effect is no longer needed. For example, a mail asks about a patch that was replaced. Nobody is notified. */
export class NotNeeded extends Error {
  override readonly name = 'NotNeeded'
}

/** Another worker may have claimed the effect in the meantime, so this worker stops and records nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  constructor() {
    super('The lease of this effect was lost before the effect began.')
  }
}

/**
 * The log says that this effect has ended, and nobody has requested a retry. So its row in the outbox is from an older
 * copy of the database, or somebody tampered with it.
 */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded'
}

/** An earlier attempt may have succeeded, and this effect is never repeated unless a person says so. */
export class PossiblySent extends Error {
  override readonly name = 'PossiblySent'
}
