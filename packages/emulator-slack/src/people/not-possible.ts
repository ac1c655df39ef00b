/** A person was asked to do what nobody could: press a button that is not there, speak in a channel they are not in. */
export class NotPossible extends Error {
  readonly code = 'not-possible'
  constructor(problem: string) {
    super(`${problem} Check the test: a person on Slack could not have done this.`)
    this.name = 'NotPossible'
  }
}
