/** The effect cannot be done, whatever the outside says, so a person is asked. The text is for people. */
export class CannotPerform extends Error {
  override readonly name = 'CannotPerform'
}

/** Something must happen first, such as the opening of the channel: tried again later. The text is for people. */
export class NotYet extends Error {
  override readonly name = 'NotYet'
}

/** A person must look first, for example at a channel that strangers can read: it waits however long that takes. */
export class NeedsReview extends Error {
  override readonly name = 'NeedsReview'
}

/** The effect has become pointless, such as a question about a patch that was replaced. Nobody is told. */
export class NotNeeded extends Error {
  override readonly name = 'NotNeeded'
}

/** Another worker may hold the row now: this one stops and records nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost'
  constructor() {
    super('The lease of this effect was lost before it began.')
  }
}

/**
 * The log says how this effect ended, and nobody has had it sent again: its row is from an older state, or was tampered
 * with.
 */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded'
}

/** An earlier attempt may have succeeded, and this effect is never repeated without a person. */
export class PossiblySent extends Error {
  override readonly name = 'PossiblySent'
}
