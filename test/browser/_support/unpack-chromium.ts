import chromium from '@sparticuz/chromium'

// Unpacks into the temporary folder of this process.
await chromium.executablePath()
