import { describe, expect, it } from 'vitest'
import { repositoryAt } from './repository.ts'

describe('the repository at an address', () => {
  it.each([
    ['https://github.com/quillmark/quillmark', 'https://api.github.com'],
    ['https://github.com/quillmark/quillmark/', 'https://api.github.com'],
    ['https://github.com/quillmark/quillmark.git', 'https://api.github.com'],
    ['https://git.example/quillmark/quillmark', 'https://git.example/api/v3'],
  ])('%s with the API at %s', (address, apiUrl) => {
    expect(repositoryAt(address, apiUrl)).toEqual({ owner: 'quillmark', name: 'quillmark' })
  })

  it.each([
    'https://gitlab.example/quillmark/quillmark',
    'https://github.com/quillmark',
    'https://github.com/quillmark/quillmark/tree/main',
    'https://github.com/quill%2Fmark/x',
  ])('%s is no repository at GitHub', (address) => {
    expect(repositoryAt(address, 'https://api.github.com')).toBeUndefined()
  })
})
