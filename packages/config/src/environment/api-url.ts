import { isLoopback } from '@embargo/core'
import type { Problem } from '../problems/problem.ts'
import type { VariableName } from './variables.ts'

type UrlSetting = { readonly name: VariableName; readonly written: string; readonly usual: string }

/** Tokens and every case are sent to this address, so it must use https or be on this machine. */
export function apiUrlProblems({ name, written, usual }: UrlSetting): readonly Problem[] {
  const url = URL.canParse(written) ? new URL(written) : undefined
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return []
  return [
    {
      at: { is: 'variable', name },
      found: written,
      because: 'This is not a URL, or it is one to which the tokens and every case would be sent unencrypted.',
      instead: `Unset it for ${usual}, or write an https: address (http: only on this machine).`,
    },
  ]
}
