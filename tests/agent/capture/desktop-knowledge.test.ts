import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLinuxDriver } from '@/agent/capture/linux/driver'
import { parseActiveWindow, parseProperty, type WindowTitle } from '@/agent/capture/linux/window-titles'
import { startVirtualDesktop, type VirtualDesktop } from '@/demo/virtual-desktop'
import { endPrograms, startProgram, until } from './desktop-programs'

let desktop: VirtualDesktop
beforeAll(async () => {
  desktop = await startVirtualDesktop({ widthPx: 640, heightPx: 360 })
})
afterEach(endPrograms)
afterAll(() => desktop.stop())
const makeDriver = (env: Record<string, string | undefined> = desktop.env) => makeLinuxDriver({ env, log: () => undefined })

describe('the requirements', () => {
  it('are met on this desktop, each with what was found', async () => {
    const requirements = await makeDriver().checkRequirements()
    expect(requirements.filter(({ isMet }) => !isMet)).toEqual([])
    expect(requirements.find(({ name }) => name === 'X11 display')?.found).toContain('640x360')
    expect(requirements.find(({ name }) => name === 'microphone')?.found).toBe('Microphone')
  })

  it('say what is missing on a computer with nothing, and how to get it', async () => {
    const requirements = await makeDriver({ PATH: '/nonexistent', XDG_RUNTIME_DIR: '/nonexistent', PULSE_SERVER: 'unix:/nonexistent', DISPLAY: ':4242' }).checkRequirements()
    expect(requirements.filter(({ isMet }) => isMet).map(({ name }) => name)).toEqual(['operating system'])
    expect(requirements.filter(({ isMet }) => !isMet).every(({ remedy }) => remedy !== null)).toBe(true)
    expect(requirements.find(({ name }) => name === 'ffmpeg')?.remedy).toContain('apt-get install ffmpeg')
  })

  it('refuse Wayland plainly', async () => {
    const requirements = await makeDriver({ ...desktop.env, XDG_SESSION_TYPE: 'wayland' }).checkRequirements()
    expect(requirements.find(({ name }) => name === 'X11 display')).toMatchObject({ isMet: false, found: expect.stringContaining('Wayland') as string })
  })
})

describe('the devices', () => {
  it('are microphones and speakers, and no monitor passes for a microphone', async () => {
    expect(await makeDriver().listDevices()).toEqual([
      { id: 'headset-microphone', description: 'Microphone', isDefault: true, kind: 'microphone' },
      { id: 'headset', description: 'Headset', isDefault: true, kind: 'speaker' },
      { id: 'microphone', description: 'Voice', isDefault: false, kind: 'speaker' },
    ])
  })
})

describe('the title of the active window', () => {
  it('is told when another window becomes active and when the title changes', async () => {
    const titles: WindowTitle[] = []
    startProgram(desktop, 'openbox', [])
    await sleep(800)
    const watch = await makeDriver().watchWindowTitles((title) => titles.push(title))
    startProgram(desktop, 'xev', ['-name', 'Ticket 4711 "roaming"'])
    await until('its title is told', () => titles.length > 0)
    expect(titles[0]?.title).toBe('Ticket 4711 "roaming"')
    const id = execFileSync('xdotool', ['getactivewindow'], { env: desktop.env }).toString().trim()
    execFileSync('xdotool', ['set_window', '--name', 'Müller – Kunde', id], { env: { ...desktop.env, LC_ALL: 'C.UTF-8' } })
    await until('the new title is told', () => titles.length > 1)
    expect(titles[1]?.title).toBe('Müller – Kunde')
    await watch.stop()
  })

  it('is never told where no window manager tells it', async () => {
    const titles: WindowTitle[] = []
    const watch = await makeDriver({ ...desktop.env, DISPLAY: ':4242' }).watchWindowTitles((title) => titles.push(title))
    await sleep(500)
    await watch.stop()
    expect(titles).toEqual([])
  })

  it('is read from what xprop prints', () => {
    expect(parseActiveWindow('_NET_ACTIVE_WINDOW(WINDOW): window id # 0x1400003')).toBe('0x1400003')
    expect(parseActiveWindow('_NET_ACTIVE_WINDOW(WINDOW): window id # 0x0')).toBeNull()
    expect(parseActiveWindow('_NET_ACTIVE_WINDOW:  not found.')).toBeNull()
    expect(parseProperty('WM_CLASS(STRING) = "navigator", "Chromium"')).toEqual({ name: 'WM_CLASS', value: 'Chromium' })
    expect(parseProperty('_NET_WM_NAME(UTF8_STRING) = "a "b" c"')).toEqual({ name: '_NET_WM_NAME', value: 'a "b" c' })
    expect(parseProperty('_NET_WM_NAME(UTF8_STRING) = "a \\"b\\" c"')).toEqual({ name: '_NET_WM_NAME', value: 'a "b" c' })
    expect(parseProperty('WM_NAME:  not found.')).toBeNull()
  })
})
