import { expect, it } from 'vitest'
import { returnPathIn } from './return-path.ts'

const found = (...fields: readonly string[]): string | undefined =>
  returnPathIn(Buffer.from([...fields, 'Subject: Hello', '', 'Return-Path: <text@sample.example>', ''].join('\r\n')))

it.each([
  ['Postfix, Dovecot and Gmail', 'Return-Path: <robin@sample.example>', 'robin@sample.example'],
  ['Exchange', 'Return-Path: robin@sample.example', 'robin@sample.example'],
  ['a server, for a bounce', 'Return-Path: <>', ''],
])('is read from the field as %s writes it', (_, field, expected) => {
  expect(found('Delivered-To: security@lantern.example', field)).toBe(expected)
})

it.each([
  ['without the field', []],
  ['with an empty field', ['Return-Path:']],
  ['with something else in it', ['Return-Path: Robin <robin@sample.example>']],
  [
    'attack: with a second field, which the sender may have written',
    ['Return-Path: <a@sample.example>', 'Return-Path: <>'],
  ],
])('is unknown, not empty, %s', (_, fields) => {
  expect(found(...fields)).toBeUndefined()
})
