import { describe, expect, it } from 'vitest'
import { contentKind } from './content-kind.ts'

const bytes = (text: string, encoding: BufferEncoding = 'latin1') => new Uint8Array(Buffer.from(text, encoding))

describe('what an attachment is', () => {
  it.each([
    ['hello\nworld', 'text/plain', 'text'],
    ['', 'text/plain', 'empty'],
    ['\x89PNG\r\n\x1a\n…', 'image/png', 'PNG image'],
    ['PK\x03\x04…', 'application/octet-stream', 'ZIP archive'],
    ['%PDF-1.7', 'application/pdf', 'PDF document'],
    ['\x1f\x8b\x08', 'application/gzip', 'gzip archive'],
    ['diff --git a/x b/x\n--- a/x\n', 'text/x-diff', 'patch'],
    ['#!/bin/sh\nid\n', 'text/plain', 'script'],
    ['<!DOCTYPE html><script>', 'text/html', 'HTML or XML'],
  ])('%j is %s by its content', (content, sentAs, kind) => {
    expect(contentKind(bytes(content), sentAs)).toBe(kind)
  })

  it.each([
    ['a program as an image', '\x7fELF\x02\x01', 'image/png', 'program (ELF), sent as image/png'],
    ['a Windows program as a text', 'MZ\x90\0\x03', 'text/plain', 'program (Windows), sent as text/plain'],
    ['a page as a PDF', '<html><script>', 'application/pdf', 'HTML or XML, sent as application/pdf'],
    ['data as a text', '\x01\x02\xff\xfe', 'text/plain', 'data, sent as text/plain'],
  ])('attack: %s is named with what it was sent as', (_what, content, sentAs, kind) => {
    expect(contentKind(bytes(content), sentAs)).toBe(kind)
  })

  it('is text even if the last character that is examined is incomplete', () => {
    expect(contentKind(bytes(`${'a'.repeat(4095)}ü`, 'utf8'), 'text/plain')).toBe('text')
  })
})
