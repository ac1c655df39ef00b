import { describe, expect, it } from 'vitest'
import { publishOf } from './publish.ts'
import { variablesOf } from './variables.ts'

const read = (env: Readonly<Record<string, string>>) => publishOf(variablesOf(env), '/srv')

describe('the settings of a publication', () => {
  it('are absent where nothing is set', () => {
    expect(read({})).toEqual({ problems: [] })
  })

  it('make the folder absolute and end its address with a slash', () => {
    const env = { EMBARGO_PUBLISH_FOLDER: 'advisories', EMBARGO_PUBLISH_URL: 'https://quillmark.example/security' }
    expect(read(env).publish).toEqual({ folder: '/srv/advisories', url: 'https://quillmark.example/security/' })
  })

  it('take another registry over https, or on this machine', () => {
    expect(read({ EMBARGO_NPM_API_URL: 'http://127.0.0.1:4873/' }).publish).toEqual({
      registries: { npm: 'http://127.0.0.1:4873' },
    })
    expect(read({ EMBARGO_PYPI_API_URL: 'http://pypi.example' }).problems).toMatchObject([
      { at: { name: 'EMBARGO_PYPI_API_URL' } },
    ])
  })
})
