/** The effect cannot be done at all, whatever the outside says: a person is asked. The text is for people. */
export class CannotPerform extends Error {
  override readonly name = 'CannotPerform'
}

/** Something must happen first, such as the channel's opening: tried again later. The text is for people. */
export class NotYet extends Error {
  override readonly name = 'NotYet'
}

/** A person must look first, such as at a channel that strangers can read: it waits however long that takes. */
export class NeedsReview extends Error {
  override readonly name = 'NeedsReview'
}

/** What was asked for has no meaning any more, such as a question about a patch that was replaced. Nobody is bothered. */
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

/** The log has how this effect ended, and nobody has sent it again: its row is of an older state, or somebody wrote into it. */
export class AlreadyEnded extends Error {
  override readonly name = 'AlreadyEnded'
}

/** An earlier attempt may have gone, and this effect is never repeated without a person. */
export class PossiblySent extends Error {
  override readonly name = 'PossiblySent'
}
