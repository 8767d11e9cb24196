import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Open } from './catalog-file.ts';
import { recipeFileSchema, recipeTextFileSchema } from './catalog-schemas.ts';
import type { Recipe } from './catalog.ts';
import { wordProblems } from './check-words.ts';
import { compileWhen, type Surroundings } from './compile-cause.ts';

interface RecipeSurroundings extends Pick<Surroundings, 'limits' | 'menus' | 'language'> {
  /** The causes that exist. */
  ids: ReadonlySet<string>;
}

/** Loads `recipes.yaml` and its texts; a catalog may have none. */
export function loadRecipes(
  folder: string,
  { limits, menus, language, ids }: RecipeSurroundings,
  open: Open,
): Recipe[] {
  if (!existsSync(join(folder, 'recipes.yaml'))) return [];
  const file = open('recipes.yaml');
  const textFile = open(`texts/${language}/recipes.yaml`);
  const texts = textFile.read(recipeTextFileSchema) ?? {};
  const recipes = (file.read(recipeFileSchema)?.recipes ?? []).flatMap((recipe, index) => {
    const path = ['recipes', index];
    for (const cause of recipe.causes) if (!ids.has(cause)) file.add(path, `there is no cause ${cause}`);
    const { opens } = recipe;
    if (opens !== undefined && !menus.hasScreen(opens)) file.add([...path, 'opens'], `no such screen: ${opens}`);
    const text = texts[recipe.id];
    if (text === undefined) file.add(path, `no text for the recipe ${recipe.id}`);
    const when = compileWhen(limits, file, [...path, 'when'], recipe.when);
    return text === undefined || when === null ? [] : [{ ...recipe, when, text }];
  });
  for (const [id, text] of Object.entries(texts)) {
    for (const problem of wordProblems(JSON.stringify(text), menus, ['android'])) textFile.add([id], problem);
    if (!recipes.some((recipe) => recipe.id === id)) {
      textFile.add([id], `there is a text for ${id}, but no such recipe`);
    }
  }
  return recipes;
}
