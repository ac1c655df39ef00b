import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { HANDLERS } from './handlers.ts'
import { METHODS } from './table.ts'

type Reference = {
  readonly methods: Readonly<
    Record<
      string,
      {
        readonly http_method: string
        readonly scope: { readonly bot?: readonly string[] }
        readonly rate_limit_tier: string
        readonly json_input_supported: boolean | null
        readonly required: readonly string[]
        readonly arguments: Readonly<Record<string, unknown>>
        readonly errors: Readonly<Record<string, unknown>>
      }
    >
  >
}

// A copy of Slack's reference may be next to the repository. Without it, the table is not checked.
const file = fileURLToPath(new URL('../../../../../shared/data/slack/methods.json', import.meta.url))
const reference = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reference) : undefined

// Arguments that every method accepts, because the client library sends them with every call.
const EVERYWHERE = ['token', 'team_id']
const own = (names: readonly string[]): string[] => names.filter((name) => !EVERYWHERE.includes(name)).toSorted()

describe('the table of Web API methods', () => {
  it('has exactly one handler for each method', () => {
    expect(Object.keys(HANDLERS).toSorted()).toEqual(Object.keys(METHODS).toSorted())
  })

  it('names no required argument that it does not know', () => {
    for (const [name, method] of Object.entries(METHODS)) {
      expect(Object.keys(method.args), name).toEqual(expect.arrayContaining([...method.required]))
    }
  })

  it("agrees with Slack's reference", () => {
    if (!reference) {
      console.warn(
        `NOTICE: the table was not compared with Slack's reference, because there is no copy of it (${file}).`,
      )
      return
    }
    for (const [name, method] of Object.entries(METHODS)) {
      const page = reference.methods[name]
      expect(page, `${name} is not in the reference`).toBeDefined()
      if (!page) continue
      expect(method.http, `${name}: HTTP method`).toBe(page.http_method)
      expect(method.json, `${name}: JSON body`).toBe(page.json_input_supported === true)
      expect(method.tier, `${name}: rate tier`).toBe(page.rate_limit_tier)
      expect([...method.scopes].toSorted(), `${name}: scopes`).toEqual([...(page.scope.bot ?? [])].toSorted())
      expect(own(method.required), `${name}: required`).toEqual(own(page.required))
      const known = [...Object.keys(method.args), ...method.unsupported]
      expect(own(known), `${name}: arguments`).toEqual(own(Object.keys(page.arguments)))
      expect(Object.keys(page.errors), `${name}: errors`).toEqual(expect.arrayContaining([...method.errors]))
      for (const error of method.undocumented) {
        expect(Object.keys(page.errors), `${name}: ${error} is documented after all`).not.toContain(error)
      }
    }
  })
})
