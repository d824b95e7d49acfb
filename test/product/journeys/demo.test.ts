import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browser, closeBrowser, noBrowser } from '../support/browser.ts';
import { freeStretch, type Product, startProduct } from '../support/running.ts';

const missing = await noBrowser();
if (missing) console.warn(missing);

describe.skipIf(missing)('the demonstration, side by side', () => {
  let product: Product;
  let page: Page;
  let phone: FrameLocator;
  let nurse: FrameLocator;
  const press = (name: string) => page.getByRole('button', { name }).click();
  const left = (channel: string, words: string | RegExp) =>
    page.locator('#out li').filter({ hasText: channel }).filter({ hasText: words }).first();
  const section = (title: string) => nurse.getByRole('region', { name: title });
  const day = (name: RegExp) => nurse.getByRole('cell', { name });
  const sunita = { name: 'Sunita Devi Kushwaha', exact: true } as const;

  beforeAll(async () => {
    product = await startProduct(await freeStretch(), ['--stories']);
    const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 } });
    // A day of everybody's passes between two presses.
    context.setDefaultTimeout(45_000);
    page = await context.newPage();
    phone = page.frameLocator('#phone');
    nurse = page.frameLocator('#staff');
  });
  afterAll(async () => {
    await closeBrowser();
    await product?.stop();
  });

  it('has a patient and a nurse signed in', async () => {
    await page.goto(`${product.origin}/local/demo`);
    await phone.getByRole('heading', { name: 'Take 5 tablets' }).waitFor();
    await section('Needs me now').waitFor();
    await nurse.getByText('Live', { exact: true }).waitFor();
    // What is answered by a word keeps it where others have room for a picture only.
    await section('Needs me now').getByRole('button', { name: 'Visited' }).waitFor();
  });

  it('fills in the row of the nurse, and the card of the patient, when the box is opened', async () => {
    await nurse.getByRole('link', sunita).click();
    await day(/^Monday 30 November: Not yet/).waitFor();
    await press('Open the box');
    await day(/^Monday 30 November: Box opened/).waitFor();
    await phone.getByRole('heading', { name: 'Your box was opened' }).waitFor();
  });

  it('brings a dose not taken in a critical week to the nurse, who calls and closes it with an outcome', async () => {
    await press('Let the day pass, shut');
    await press('Let the day pass, shut');
    await press('Next morning');
    await left('Team topic', 'GUM-0412-2: please call by 12:00.').waitFor();
    await left('SMS', /GUM-0412-2: please call by 12:00\..*Meera Toppo/).waitFor();
    const row = section('Needs me now').getByRole('listitem').filter({ hasText: 'GUM-0412-2' });
    await row.getByText('1 dose not opened in loading week 4.').waitFor();
    expect(await row.getByRole('link', { name: /^Call/ }).getAttribute('href')).toBe('tel:+917717000412');
    await row.getByRole('link', sunita).click();
    await nurse.getByRole('button', { name: 'I’m on it' }).click();
    await nurse.getByRole('button', { name: 'Reached – taken late' }).click();
    await nurse.getByRole('button', { name: 'Save and close' }).click();
    await nurse.getByRole('heading', { name: 'No open alert' }).waitFor();
  });

  it('asks about a dead box and opens a ticket for it, and raises no alarm', async () => {
    await press('Battery dead');
    await press('Next morning');
    await nurse.getByRole('link', { name: 'Worklist' }).first().click();
    await section('Ask the patient').getByText('Box CC-4471 is silent.').waitFor();
    await nurse.getByRole('heading', { name: /^Boxes.*CC-4471/ }).waitFor();
    expect(await section('Needs me now').getByText('GUM-0412-2').count()).toBe(0);
    await nurse.getByRole('link', sunita).first().click();
    await day(/^Wednesday 2 December: Box not reporting/).waitFor();
  });

  it('puts the record right when the box uploads late, and asks no more', async () => {
    await press('Upload late');
    await day(/^Wednesday 2 December: Box opened/).waitFor();
    await nurse.getByRole('link', { name: 'Worklist' }).first().click();
    await section('Needs me now').waitFor();
    await nurse.getByText('Box CC-4471 is silent.').waitFor({ state: 'detached' });
  });

  it('says how little it took', async () => {
    expect(await page.locator('#tally').textContent()).toMatch(
      /^Meera got [0-5] messages? today, for 8 patients(, and \d for the rest)?$/,
    );
  });
});
