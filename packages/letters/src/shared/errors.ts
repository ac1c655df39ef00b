/** The case lacks what the letter must say, or nothing asks for it: a person is asked. The text is for people. */
export class CannotWrite extends Error {
  override readonly name = 'CannotWrite'
}

/** What the letter would say has no meaning any more, such as a question about a patch that was replaced. */
export class NothingToSay extends Error {
  override readonly name = 'NothingToSay'
}
