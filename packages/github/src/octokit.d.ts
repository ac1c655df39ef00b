// The part of Octokit that this package uses. Octokit's own types promise that answers have the form that GitHub
// describes. Here, an answer is `unknown` until it has been parsed.

declare module '@octokit/core' {
  type Answer = {
    readonly status: number
    readonly headers: Readonly<Record<string, string | undefined>>
    readonly data: unknown
  }
  export class Octokit {
    constructor(options: {
      readonly baseUrl: string
      readonly userAgent: string
      readonly authStrategy?: unknown
      readonly auth?: unknown
      readonly log: object
      readonly request: { readonly fetch: typeof fetch; readonly log: object }
    })
    readonly hook: {
      before(name: 'request', change: (options: { readonly headers: Record<string, string> }) => void): void
    }
    request(route: string, parameters?: Readonly<Record<string, unknown>>): Promise<Answer>
  }
}

declare module '@octokit/auth-app' {
  export const createAppAuth: (options: object) => unknown
}
