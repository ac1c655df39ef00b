// An imitation of GitHub on this machine, for rehearsals of a publication: `npm run github-emulator -- owner/name`.
import { once } from 'node:events'
import { startGitHubEmulator } from '@embargo/emulator-github'

/** This token gives access to nothing but the emulator. */
const TOKEN = 'github_pat_for_rehearsals_only'

const repositories = process.argv.slice(2).map((name) => ({ name, admins: ['rehearsal'] }))
if (repositories.length === 0) {
  process.stderr.write('Name the repositories of your projects: npm run github-emulator -- owner/name\n')
  process.exitCode = 2
} else {
  await using github = await startGitHubEmulator({
    repositories,
    tokens: [{ token: TOKEN, login: 'rehearsal', permissions: { repository_advisories: 'write' } }],
  })
  process.stdout.write(`export EMBARGO_REHEARSAL_GITHUB_API_URL=${github.apiUrl}
export EMBARGO_REHEARSAL_GITHUB_TOKEN=${TOKEN}
Stop with Ctrl-C.
`)
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
}
