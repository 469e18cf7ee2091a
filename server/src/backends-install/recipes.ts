import type { BackendRecipe } from './backend-recipe';
import { tensorflowRecipe } from './tensorflow-recipe';
import { webgpuRecipe } from './webgpu-recipe';

/** The backends that can be installed. */
export const RECIPES: readonly BackendRecipe[] = [tensorflowRecipe, webgpuRecipe];
