import { describe, expect, it } from 'vitest'
import { rehearsalOf } from './rehearsal.ts'
import { variablesOf } from './variables.ts'

const read = (env: Readonly<Record<string, string>>) => rehearsalOf(variablesOf(env), '/srv')
const SERVER = { EMBARGO_REHEARSAL_GITHUB_API_URL: 'http://127.0.0.1:4000/', EMBARGO_REHEARSAL_GITHUB_TOKEN: 'KUMQUAT' }

describe('the settings of a rehearsal', () => {
  it('are absent by default', () => {
    expect(read({})).toEqual({ problems: [] })
  })

  it('name a folder and a test server', () => {
    const { rehearsal } = read({ EMBARGO_REHEARSAL_FOLDER: 'rehearsal', ...SERVER })
    expect(rehearsal).toMatchObject({ folder: '/srv/rehearsal', github: { apiUrl: 'http://127.0.0.1:4000' } })
    expect(rehearsal?.github?.token.reveal()).toBe('KUMQUAT')
  })

  it.each(['https://api.github.com', 'https://github.com/api/v3', 'https://API.GitHub.com/'])(
    'refuse the server at which advisories become public: %s',
    (url) => {
      const { rehearsal, problems } = read({ ...SERVER, EMBARGO_REHEARSAL_GITHUB_API_URL: url })
      expect(rehearsal).toBeUndefined()
      expect(problems).toMatchObject([{ at: { name: 'EMBARGO_REHEARSAL_GITHUB_API_URL' } }])
    },
  )

  it('need a token of the test server', () => {
    const { problems } = read({ EMBARGO_REHEARSAL_GITHUB_API_URL: 'http://127.0.0.1:4000' })
    expect(problems).toMatchObject([{ at: { name: 'EMBARGO_REHEARSAL_GITHUB_TOKEN' } }])
  })
})
