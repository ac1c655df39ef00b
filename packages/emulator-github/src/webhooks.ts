import { createHmac, randomUUID } from 'node:crypto'
import type { JsonObject } from '@embargo/emulator-kit'
import { asJsonObject } from '@embargo/emulator-kit'
import type { Platform } from './platform.ts'
import { presentAdvisory } from './present/advisory.ts'
import { account, fullRepository } from './present/repository.ts'

/** The app's webhook: its URL, and the secret that signs the deliveries. */
export type Webhook = { readonly url: string; readonly secret: string }

/** `sha256=` and the HMAC of the body: https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries */
export const signatureOf = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`

/** The payload of `repository_advisory` with one of the two actions that have a webhook. */
export function payloadOf(platform: Platform, ghsa: string, action: 'reported' | 'published'): JsonObject {
  const { repository, advisory } = platform.home(ghsa)
  return asJsonObject({
    action,
    repository: fullRepository(platform, repository),
    repository_advisory: presentAdvisory(platform, { repository, advisory, version: '2022-11-28' }),
    sender: account(platform.account(advisory.author)),
  })
}

/** Delivers a payload once, and notes the status of the answer. GitHub does not repeat a delivery that failed. */
export async function deliver(
  platform: Platform,
  { url, secret }: Webhook,
  payload: JsonObject,
  options: { readonly event?: string; readonly id?: string } = {},
): Promise<number> {
  const body = JSON.stringify(payload)
  const { event = 'repository_advisory', id = randomUUID() } = options
  const answered = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/emulator',
      'x-github-delivery': id,
      'x-github-event': event,
      'x-hub-signature-256': signatureOf(secret, body),
    },
  })
  await answered.body?.cancel()
  platform.deliveries.push({ id, event, status: answered.status })
  platform.changes.announce()
  return answered.status
}
