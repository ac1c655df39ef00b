import { expect, it } from 'vitest'
import { isLoopback } from './loopback.ts'

it.each(['localhost', 'LOCALHOST', '127.0.0.1', '127.8.0.1', '::1', '[::1]'])('%s is loopback', (host) => {
  expect(isLoopback(host)).toBe(true)
})

it.each([
  '',
  '0.0.0.0',
  '::',
  '10.0.0.1',
  'localhost.attacker.example',
  '127.attacker.example',
  '127.0.0.1.nip.example',
])('%j is not loopback', (host) => {
  expect(isLoopback(host)).toBe(false)
})
