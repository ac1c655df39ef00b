import { DefaultRestOptions } from 'discord.js'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { discordRest } from './client.ts'

describe('a call with a file', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })

  it('is sent as the bytes of its form, which every version of undici accepts', async () => {
    const sent = vi.spyOn(DefaultRestOptions, 'makeRequest').mockImplementation(async () => Response.json({}))
    const files = [{ name: 'a.txt', data: Buffer.from('the whole of it'), contentType: 'text/plain' }]
    await discordRest({ token: 'x' }).post('/channels/1/messages', { body: { content: 'hello' }, files })
    const { headers, body } = sent.mock.calls[0]?.[1] ?? {}
    expect(headers).toMatchObject({
      Authorization: 'Bot x',
      'content-type': expect.stringMatching(/^multipart\/form-data; boundary=./),
    })
    const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : ''
    expect(text).toContain('{"content":"hello"')
    expect(text).toContain('the whole of it')
  })
})
