import type { DnsAnswer, Resolver } from '../src/domain-checks/resolver.ts'

/**
 * The answer to each query, such as `TXT _dmarc.sample.example`: records, an error code, or `silence` for no answer.
 */
export type DnsTable = Readonly<Record<string, DnsAnswer | { readonly code: string } | 'silence'>>

export type TableResolver = { readonly resolver: Resolver; readonly asked: readonly string[] }

/** Answers DNS queries from a table. A record that is not in the table does not exist. */
export function tableResolver(table: DnsTable): TableResolver {
  const asked: string[] = []
  return {
    asked,
    async resolver(name, type) {
      const question = `${type} ${name}`
      asked.push(question)
      const answer = table[question] ?? { code: 'ENOTFOUND' }
      if (answer === 'silence') return new Promise(() => undefined)
      if ('code' in answer) throw Object.assign(new Error(answer.code), answer)
      return answer
    },
  }
}
