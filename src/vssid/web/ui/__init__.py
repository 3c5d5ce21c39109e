"""The look and frame of every page: templates, components, middleware, access marks, the PWA."""
