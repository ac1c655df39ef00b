import { describe, expect, it } from 'vitest'
import { defaultMigrationsFolder, readMigrations, statements } from './folder.ts'

describe('migrations folder', () => {
  it('has the same migrations for both databases, in order', () => {
    const names = (['sqlite', 'postgresql'] as const).map((dialect) =>
      readMigrations(defaultMigrationsFolder(), dialect).map(({ name }) => name),
    )
    expect(names[0]?.[0]).toBe('0001_init')
    expect(names[0]).toEqual(names[1])
    expect(names[0]).toEqual(names[0]?.toSorted())
  })

  it('is cut into statements', () => {
    expect(
      statements(
        '-- CreateTable\nCREATE TABLE a (\n  x TEXT -- not a comment line\n);\n\n-- Another; one\nCREATE INDEX i ON a(x);',
      ),
    ).toEqual(['CREATE TABLE a (\n  x TEXT -- not a comment line\n)', 'CREATE INDEX i ON a(x)'])
    expect(statements('')).toEqual([])
  })
})
