// Chooses files from the disk and imports them as account files.
import { Button, type ButtonProps, FileButton } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { importFiles } from './import/import-files.ts';

export const ImportButton = ({ children, ...button }: ButtonProps) => (
  <FileButton accept="application/json,.json" multiple onChange={(chosen) => void importFiles(chosen)}>
    {({ onClick }) => (
      <Button {...button} leftSection={<IconUpload size={16} stroke={1.5} />} onClick={onClick}>
        {children}
      </Button>
    )}
  </FileButton>
);
