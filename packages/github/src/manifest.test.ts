import { describe, expect, it } from 'vitest'
import { appForm, appManifest } from './manifest.ts'

describe('the app at GitHub', () => {
  it('gets the least permissions, and no webhook unless there is a place for it', () => {
    expect(appManifest({ owner: 'quillmark' })).toEqual({
      name: 'embargo-quillmark',
      url: 'https://github.com/quillmark',
      description: 'Coordinates the disclosure of vulnerabilities.',
      public: false,
      default_permissions: { metadata: 'read', repository_advisories: 'write' },
    })
    expect(appManifest({ owner: 'quillmark', webhookUrl: 'https://hooks.quillmark.example/github' })).toMatchObject({
      hook_attributes: { url: 'https://hooks.quillmark.example/github', active: true },
      default_events: ['repository_advisory'],
    })
  })

  it('is made in a form that is filled in', () => {
    const form = new URL(appForm({ owner: 'quillmark', webhookUrl: 'https://hooks.quillmark.example/github' }))
    expect(form.pathname).toBe('/organizations/quillmark/settings/apps/new')
    expect(Object.fromEntries(form.searchParams)).toMatchObject({
      repository_advisories: 'write',
      'events[]': 'repository_advisory',
      webhook_url: 'https://hooks.quillmark.example/github',
    })
  })
})
