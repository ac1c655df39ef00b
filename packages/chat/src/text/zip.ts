import { crc32 } from 'node:zlib'

/** A file with its bytes. */
export type NamedFile = { readonly name: string; readonly bytes: Uint8Array }

/** Bit 11 of the flags: file names are in UTF-8. */
const UTF8 = 0x0800
/** Version 2.0 of the format is enough for stored files. */
const VERSION = 20
/** 1 January 1980, because the date of a file is not known. */
const NO_DATE = 0x21

const LOCAL = { signature: 0x04034b50, bytes: 30 }
const CENTRAL = { signature: 0x02014b50, bytes: 46 }
const END = { signature: 0x06054b50, bytes: 22 }

/**
 * Puts the files into one ZIP archive without compression (PKWARE APPNOTE 6.3.9). A chat platform shows no preview of
 * an archive and opens none of its files. The names must differ.
 */
export function zipOf(files: readonly NamedFile[]): Uint8Array {
  const parts: Uint8Array[] = []
  const index: Uint8Array[] = []
  let at = 0
  for (const { name, bytes } of files) {
    const encoded = Buffer.from(name)
    const facts = factsOf(bytes, encoded.length)
    const local = Buffer.alloc(LOCAL.bytes)
    local.writeUInt32LE(LOCAL.signature, 0)
    facts.copy(local, 4)
    const central = Buffer.alloc(CENTRAL.bytes)
    central.writeUInt32LE(CENTRAL.signature, 0)
    central.writeUInt16LE(VERSION, 4)
    facts.copy(central, 6)
    central.writeUInt32LE(at, 42)
    parts.push(local, encoded, bytes)
    index.push(central, encoded)
    at += local.length + encoded.length + bytes.length
  }
  const directory = Buffer.concat(index)
  const end = Buffer.alloc(END.bytes)
  end.writeUInt32LE(END.signature, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...parts, directory, end])
}

/** The fields that both headers of a file have: version, flags, method, date, checksum, sizes, length of the name. */
function factsOf(bytes: Uint8Array, name: number): Buffer {
  const facts = Buffer.alloc(26)
  facts.writeUInt16LE(VERSION, 0)
  facts.writeUInt16LE(UTF8, 2)
  facts.writeUInt16LE(NO_DATE, 8)
  facts.writeUInt32LE(crc32(bytes), 10)
  facts.writeUInt32LE(bytes.length, 14)
  facts.writeUInt32LE(bytes.length, 18)
  facts.writeUInt16LE(name, 22)
  return facts
}

/** The files, with different names even if several files have the same name: `a.txt`, `2-a.txt`. */
export function distinctNames(files: readonly NamedFile[]): readonly NamedFile[] {
  const taken = new Set<string>()
  return files.map(({ name, bytes }) => {
    let own = name
    for (let number = 2; taken.has(own.toLowerCase()); number += 1) own = `${number}-${name}`
    taken.add(own.toLowerCase())
    return { name: own, bytes }
  })
}
