import { fetchModels } from '@chatstream/chat-kit'
import { useQuery } from '@tanstack/react-query'

/** The models that can be asked, by id. */
export function useModels(): readonly string[] {
  const { data } = useQuery({
    queryKey: ['models'],
    queryFn: ({ signal }) => fetchModels(signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return data ?? []
}
