import { advisoryHostContract } from '@embargo/testkit/contract'
import { createGitHub } from '../src/index.ts'
import { appAccess, FULL_NAME, startGitHub } from './github.ts'

const WRITES = [
  'POST /repos/{owner}/{repo}/security-advisories',
  'PATCH /repos/{owner}/{repo}/security-advisories/{ghsa_id}',
]

advisoryHostContract('GitHub', async () => {
  const github = await startGitHub()
  let listens = true
  const leaves = async (): Promise<void> => {
    if (listens) await github.close()
    listens = false
  }
  const all = () => [...github.state.repository(FULL_NAME).advisories.values()]
  return {
    host: createGitHub(appAccess(github)),
    reports: () =>
      github.person('robin').report(FULL_NAME, { summary: 'Reads files', description: 'A crafted include does.' }),
    edits: (ghsa, summary) => github.person('ben').edit(ghsa, { summary }),
    assigns: (ghsa, cve) => github.assignCve(ghsa, cve),
    counts: () => ({
      advisories: all().length,
      cveRequests: all().reduce((sum, { cveRequests }) => sum + cveRequests.length, 0),
    }),
    losesNextAnswer: () => github.faults.next(WRITES, { kind: 'lose-answer' }),
    leaves,
    [Symbol.asyncDispose]: leaves,
  }
})
