const SHAPES = {
  proved: "M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6zM8.8 12l2.2 2.2 4.2-4.4",
  old: "M12 3l7 3v5c0 4.6-2.9 8-7 10-4.1-2-7-5.4-7-10V6zM12 8v4.2l2.6 1.6",
  unproved:
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M9.6 9.7a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2 1-1.2 1.9M12 16.6v.1",
  yes: "M5 12.5l4.5 4.5L19 7.5",
  no: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  back: "M14.5 5.5L8 12l6.5 6.5",
  cross: "M6 6l12 12M18 6L6 18",
  send: "M4.5 12L20 4.5 15.5 20l-3.2-6.3zM12.3 13.7L20 4.5",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.3 15.3L20 20",
  person: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4.5 20c1-3.6 3.8-5.5 7.5-5.5s6.5 1.9 7.5 5.5",
  note: "M5 4h14v10l-5 6H5zM14 20v-6h5",
  eye: "M2.5 12C4.6 8 8 6 12 6s7.4 2 9.5 6c-2.1 4-5.5 6-9.5 6s-7.4-2-9.5-6M12 9.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4",
  alert: "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.1",
} as const;

export type IconName = keyof typeof SHAPES;

/** A drawing beside words; it says nothing by itself. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg class={`icon icon-${name}`} viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  );
}
