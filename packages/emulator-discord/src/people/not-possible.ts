/**
 * A test asked a person to do something impossible, such as pressing a missing button or writing where they may not.
 */
export class NotPossible extends Error {
  readonly code = 'not-possible'
  constructor(problem: string) {
    super(`${problem} Check the test: a person on Discord could not have done this.`)
    this.name = 'NotPossible'
  }
}
