/**
 * Thrown if the case lacks something that the letter must say, or if no event requests the letter. A person is then
 * asked what to do, and reads the message.
 */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite'
}

/** Thrown if the letter has become pointless, such as a question about a patch that was replaced. */
export class NothingToSay extends Error {
  override readonly name = 'NothingToSay'
}
