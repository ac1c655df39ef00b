import { resolve } from 'node:path'
import type { RehearsalConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { Secret } from '../secrets/secret.ts'
import { apiUrlProblems } from './api-url.ts'
import type { Variables } from './variables.ts'

export type RehearsalReading = { readonly rehearsal?: RehearsalConfig; readonly problems: readonly Problem[] }

/** Hosts that a rehearsal must not use, because what is published there becomes public. */
const REAL: ReadonlySet<string> = new Set(['api.github.com', 'github.com', 'www.github.com'])

/** Reads where a rehearsal puts documents: a folder, and a test server that speaks GitHub's REST API. */
export function rehearsalOf(variables: Variables, cwd: string): RehearsalReading {
  const folder = variables.get('EMBARGO_REHEARSAL_FOLDER')
  const apiUrl = variables.get('EMBARGO_REHEARSAL_GITHUB_API_URL')
  const token = variables.get('EMBARGO_REHEARSAL_GITHUB_TOKEN')
  const problems = apiUrl === undefined ? [] : problemsOf(apiUrl, token)
  const rehearsal = {
    ...(folder === undefined ? {} : { folder: resolve(cwd, folder) }),
    ...(apiUrl === undefined || token === undefined || problems.length > 0
      ? {}
      : { github: { apiUrl: apiUrl.replace(/\/+$/u, ''), token: new Secret(token) } }),
  }
  return Object.keys(rehearsal).length === 0 ? { problems } : { rehearsal, problems }
}

function problemsOf(written: string, token: string | undefined): readonly Problem[] {
  const name = 'EMBARGO_REHEARSAL_GITHUB_API_URL'
  const wrong = apiUrlProblems({ name, written, usual: 'no rehearsal at GitHub' })
  if (wrong.length > 0) return wrong
  if (URL.canParse(written) && REAL.has(new URL(written).hostname))
    return [
      {
        at: { is: 'variable', name },
        because: 'A rehearsal publishes there, and everybody could read the advisory at this server.',
        instead: 'Write the address of a test server, or unset it: a rehearsal then leaves out the advisory at GitHub.',
      },
    ]
  if (token !== undefined) return []
  return [
    {
      at: { is: 'variable', name: 'EMBARGO_REHEARSAL_GITHUB_TOKEN' },
      because: 'The test server for rehearsals needs a token, and none is set.',
      instead: 'Write a token of the test server here, never one of GitHub itself.',
    },
  ]
}
