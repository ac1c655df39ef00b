import { readdir } from 'node:fs/promises'
import type { Advisory } from '@embargo/emulator-github'
import { REPOSITORY } from '../cast.ts'
import { PATIENCE_MS } from '../chat/played-chat.ts'
import type { PlayInProgress } from '../playing.ts'

/** Waits until the project has a published advisory at GitHub, and shows the advisory as readers see it there. */
export async function advisoryAppears({ github, say }: PlayInProgress): Promise<void> {
  if (github === undefined) throw new Error('The play has no repository at GitHub.')
  const advisory = await github.until(
    (state) => [...state.repository(REPOSITORY).advisories.values()].find((one) => one.state === 'published'),
    { timeoutMs: PATIENCE_MS },
  )
  const { ghsa } = advisory
  say({
    line: 'shows',
    to: `github.com/${REPOSITORY}/security/advisories/${ghsa}`,
    what: 'shows',
    text: page(advisory),
  })
}

function page({ summary, severity, vectors, vulnerabilities, cwes, description }: Advisory): string {
  const rows = vulnerabilities.map(
    ({ ecosystem, name, range, patched }) =>
      `${ecosystem} ${name ?? ''}  affected ${range ?? '?'}  patched ${patched ?? 'none'}`,
  )
  const vector = [vectors.v4, vectors.v3].filter((one) => one !== undefined)
  return [`${summary} · ${severity ?? ''}`, ...rows, [...vector, ...cwes].join(', '), '', description.trim()].join('\n')
}

/** Shows which files of the publication are in its folder. */
export async function filesAppear({ published, say }: PlayInProgress): Promise<void> {
  const names = await readdir(published, { recursive: true, withFileTypes: true })
  const files = names
    .filter((one) => one.isFile())
    .map((one) => `${one.parentPath}/${one.name}`.slice(published.length + 1))
    .toSorted()
  say({ line: 'shows', to: 'quillmark.example/security/', what: 'has', text: files.join('\n') })
}
