import { MantineProvider } from '@mantine/core';
import '@mantine/core/styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { theme, variables } from '../../../renderer/app/theme.ts';
import '../../../renderer/app/window.css';
import { ProgramContext } from '../../../renderer/program/program.tsx';
import './gallery.css';
import { parts, program } from './parts.tsx';

const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });

/** Every part, and below its name every state of it. */
function Gallery() {
  return (
    <main>
      <h1>Gallery</h1>
      {parts().map(({ name, states }) => (
        <section key={name} data-part={name}>
          <h2>{name}</h2>
          {states.map((state) => (
            <div key={state.name} className="state" data-state-name={state.name}>
              <p className="name">{state.name}</p>
              {state.shown}
            </div>
          ))}
        </section>
      ))}
    </main>
  );
}

const router = createRouter({
  routeTree: createRootRoute({ component: Gallery }),
  history: createMemoryHistory(),
});

const place = document.getElementById('gallery');
if (place === null) throw new Error('index.html holds no element with the id "gallery".');
createRoot(place).render(
  <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
    <QueryClientProvider client={queries}>
      <ProgramContext value={program}>
        <RouterProvider router={router as never} />
      </ProgramContext>
    </QueryClientProvider>
  </MantineProvider>,
);
