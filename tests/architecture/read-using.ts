import type { Statement, VariableDeclarator } from '@swc/core'
import { Visitor } from '@swc/core/Visitor.js'

type UsingDeclaration = { readonly type: 'UsingDeclaration'; readonly decls: VariableDeclarator[] }

const isUsing = (statement: object): statement is UsingDeclaration =>
  'type' in statement && statement.type === 'UsingDeclaration'

/**
 * swc parses `await using`, but its visitor, on which dependency-cruiser stands, stops at it ("Unknown statement
 * type"). Teaches the visitor that such a declaration is one like any other, so that imports in it are seen too.
 */
export function readUsingDeclarations(): void {
  const visit = Visitor.prototype.visitStatement
  Visitor.prototype.visitStatement = function visitStatement(this: Visitor, statement: Statement): Statement {
    const seen: object = statement
    if (!isUsing(seen)) return visit.call(this, statement)
    this.visitVariableDeclarators(seen.decls)
    return statement
  }
}
