// Accessibility matchers (`toBeAccessible`) for component tests.
require('@sa11y/jest').setup();
