import { describe, expect, it } from 'vitest';
import { isCard, isEmail, yearsOf } from '../../web/src/identity/typed.ts';

describe('what people type', () => {
  it.each([
    ['0', 0],
    ['120', 120],
    ['121', undefined],
    ['199', undefined],
    ['-4', undefined],
    ['34.5', undefined],
    ['', undefined],
    [' ', undefined],
    ['ab', undefined],
  ])('as an age, %j, is %s', (typed, years) => expect(yearsOf(typed)).toBe(years));

  it.each([
    ['meera@clinic.example', true],
    [' meera@clinic.example ', true],
    ['meera@clinic', false],
    ['meera clinic.example', false],
    ['', false],
  ])('is an e-mail, %j: %s', (typed, is) => expect(isEmail(typed)).toBe(is));

  it.each([
    ['GUM-0412-2', true],
    ['gum04122', true],
    ['0412-2', false],
    ['', false],
  ])('is built like a card, %j: %s', (typed, is) => expect(isCard(typed)).toBe(is));
});
