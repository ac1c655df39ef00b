import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { onePerson } from '../apps/embargo/test/fixtures/one-person.ts'
import type { CommandRun } from '../apps/embargo/test/fixtures/one-person.ts'

const folder = mkdtempSync(join(tmpdir(), 'embargo-solo-'))
/** If a run takes more commands than this, something is wrong. */
const MAX_COMMANDS = 15

/** How many lines of a long preview are shown. */
const MAX_LINES = 12

/** The same policy as without a policy file, but with a name for the person. */
const POLICY = `profile: solo
projects:
  - { id: project, name: Sample project, address: security@embargo.localhost, announce: announce@embargo.localhost }
people:
  - { id: ana, name: Ana, roles: [admin, team], osUser: ${JSON.stringify(userInfo().username)} }
platforms: [terminal]
`

const shownOf = ({ line, out }: CommandRun): string => {
  const lines = out.trimEnd().split('\n')
  const next = lines.findIndex((one) => one.startsWith('Next'))
  const said = next < 0 ? lines : lines.slice(0, next)
  const cut = said.length > MAX_LINES ? [...said.slice(0, MAX_LINES), '[…]'] : said
  return [`$ npx ${line}`, ...cut, ...(next < 0 ? [] : lines.slice(next))].join('\n')
}

const inThisFolder = (text: string): string =>
  text.replaceAll(`EMBARGO_DATA=${join(folder, 'data')} `, '').replaceAll(`${folder}/data`, 'embargo-data')

try {
  await using person = await onePerson({
    folder,
    policy: POLICY,
    setVariable: (name, value) => void (process.env[name] = value),
  })
  await person.types(['report', '--practice'])
  while (person.typed.length < MAX_COMMANDS && (await person.typesNext()));
  const transcript = inThisFolder(person.typed.map(shownOf).join('\n\n'))
  writeFileSync(
    'docs/solo.md',
    `# Alone

One maintainer goes from the first mail to a closed case by typing what is printed. This is a real run of a practice case, written by \`npm run transcript\`: nothing leaves the machine, and each wait takes a minute. In a real case the reporter answers in their own time, and the second look comes after an hour.

\`npm start\` runs the program. In a second terminal, in the same folder:

\`\`\`
${transcript}
\`\`\`

- In a real case, write your own severity, version and texts, and replace what is in capitals.
- Mail leaves once a relay is set (\`EMBARGO_SMTP_RELAY\`); until then a real case cannot be published.
- Your first patch accepts the case and assigns it to you.
- You log the reporter’s answer with the mail that contains it. If they do not answer, the next step is to go on without their check, and the case shows this permanently.
- If neither a list nor a heads-up tells anybody in advance, no release date is needed.
- A vulnerability that nobody will fix needs no patch: write the advisory, then publish the case as unfixed, with the reason.
`,
  )
} finally {
  rmSync(folder, { recursive: true })
}
