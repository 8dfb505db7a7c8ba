// Chromium, as the system has it, driven by playwright-core.
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { given } from './verdicts.mjs';

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });

/** A page whose faults and foreign requests are written down. */
export async function open(browser, options) {
  const context = await browser.newContext({ locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15000);
  page.faults = [];
  page.hosts = new Set();
  page.on('pageerror', fault => page.faults.push(String(fault)));
  page.on('console', message => { if (message.type() === 'error') { page.faults.push(message.text()); } });
  page.on('request', request => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http') || url.protocol.startsWith('ws')) { page.hosts.add(url.hostname); }
  });
  return page;
}

export const shoot = (page, name) => page.screenshot({ path: join(given.screenshots, `${name}.png`) });
