import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { GitHubEmulator } from './emulator.ts'
import { at, call, REPOSITORY, startTestGitHub, TOKEN } from './testing.ts'

const HIDDEN = 'quillmark/hidden'

let github: GitHubEmulator
beforeEach(async () => {
  github = await startTestGitHub({
    repositories: [
      { name: REPOSITORY, admins: ['ana'] },
      { name: HIDDEN, admins: ['ana'], isPrivate: true },
    ],
    tokens: [{ token: TOKEN, login: 'ana', permissions: { contents: 'read' } }],
  })
})
afterEach(() => github.close())

describe('releases and tags', () => {
  it('exist once a person has made them; a draft is not public and has no tag', async () => {
    const person = github.person('ana')
    person.tag(REPOSITORY, 'v2.3.0')
    person.release(REPOSITORY, 'v2.4.1')
    person.release(REPOSITORY, 'v2.5.0', { isDraft: true })
    const own = `GET /repos/${REPOSITORY}`
    expect(at(await call(github, `${own}/releases`, { token: null }), 0, 'tag_name')).toBe('v2.4.1')
    expect(at(await call(github, `${own}/releases`), 'length')).toBe(1)
    expect((await call(github, `${own}/releases/tags/v2.5.0`)).status).toBe(404)
    expect((await call(github, `${own}/git/ref/tags/v2.5.0`)).status).toBe(404)
    const tags = await call(github, `${own}/tags`)
    expect([at(tags, 0, 'name'), at(tags, 1, 'name'), at(tags, 'length')]).toEqual(['v2.4.1', 'v2.3.0', 2])
  })

  it('of a private repository are visible to those who may read it', async () => {
    github.person('ana').release(HIDDEN, 'v1')
    expect((await call(github, `GET /repos/${HIDDEN}/releases`, { token: null })).status).toBe(404)
    expect(at(await call(github, `GET /repos/${HIDDEN}/releases`), 0, 'tag_name')).toBe('v1')
  })
})

it('the administrators of a repository are listed for those who may see it', async () => {
  expect(at(await call(github, `GET /repos/${REPOSITORY}/collaborators?permission=admin`), 0, 'login')).toBe('ana')
})
