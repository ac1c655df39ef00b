// A worker for tests. The mail "kill" keeps it busy for ever, as a hostile mail could do to the real worker.
process.on('message', ({ raw }: { readonly raw: Uint8Array }) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    for (;;) Math.sqrt(2)
  }
  process.send?.({ is: 'parsed', mail: { subject: 'fine' } })
})
process.send?.({ is: 'ready' })
