import { describe, expect, it } from 'vitest'
import { targetModes } from './target-modes.ts'

const OFF = { versions: 'off', github: 'off', files: 'off', cve: 'off' }
const packages = [{ ecosystem: 'npm', name: 'quillmark' }]
const repository = 'https://github.com/quillmark/quillmark'
const publisher = { name: 'Quillmark Security', namespace: 'https://quillmark.example' }
const records = 'https://quillmark.example/records'

describe('a target without a mode', () => {
  it.each([
    ['nothing', {}, {}],
    ['packages', { packages }, { versions: 'prepare' }],
    ['a repository', { repository }, { github: 'prepare' }],
    ['a repository elsewhere', { repository: 'https://code.example/quillmark' }, {}],
    ['a publisher', { publisher }, {}],
    ['the address of its records', { publisher: { ...publisher, records } }, { files: 'prepare' }],
    ['packages and its own CVE ids', { packages, cve: 'own' }, { versions: 'prepare', cve: 'prepare' }],
    ['its own CVE ids alone', { cve: 'own' }, {}],
  ] as const)('is prepared if the project names what the target needs: %s', (_what, project, modes) => {
    expect(targetModes({ cve: 'none', ...project })).toEqual({ ...OFF, ...modes })
  })

  it('has the mode that the policy gives', () => {
    const targets = { versions: 'off', github: 'publish', files: 'publish', cve: 'off' } as const
    const whole = { packages, repository, publisher: { ...publisher, records }, cve: 'own', targets } as const
    expect(targetModes(whole)).toEqual(targets)
  })
})
