/**
 * The case lacks something that the letter must say, or nothing requests it: a person is asked. The text is for people.
 */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite'
}

/** The letter has become pointless, such as a question about a patch that was replaced. */
export class NothingToSay extends Error {
  override readonly name = 'NothingToSay'
}
