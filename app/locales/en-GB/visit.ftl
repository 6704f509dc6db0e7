# visit
